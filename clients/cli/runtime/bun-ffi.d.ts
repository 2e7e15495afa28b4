/** What is used of `bun:ffi`: calls into the C library, https://bun.com/docs/runtime/ffi */
declare module 'bun:ffi' {
  type Type = 'i32' | 'ptr'
  export function dlopen<Name extends string>(
    library: string,
    functions: Record<Name, { readonly args: readonly Type[]; readonly returns: Type }>,
  ): { readonly symbols: Record<Name, (...args: (number | NodeJS.TypedArray | null)[]) => number> }
  /** The address of an array's memory, which has to be kept referenced while the address is in use. */
  export function ptr(bytes: NodeJS.TypedArray): number
}
/** The text of a file, embedded into the executable. */
declare module '*.bash' {
  const text: string
  export default text
}
declare module '*.fish' {
  const text: string
  export default text
}
declare module '*/_latchkey' {
  const text: string
  export default text
}
declare namespace Bun {
  /** https://bun.com/docs/runtime/file-io */
  function file(descriptor: number): { stream(): ReadableStream<Uint8Array> & AsyncIterable<Uint8Array> }
  /** https://bun.com/docs/runtime/networking/tcp; rejects with the system's error */
  function connect(options: { readonly unix: string; readonly socket: SocketHandler }): Promise<Socket>
  interface Socket {
    /** @returns how many bytes the system took; the rest can be written after `drain` */
    write(bytes: Uint8Array): number
    /** Closes it at once. */
    terminate(): void
  }
  interface SocketHandler {
    readonly data: (socket: Socket, chunk: Uint8Array) => void
    readonly drain: (socket: Socket) => void
    readonly close: (socket: Socket) => void
    readonly error: (socket: Socket) => void
  }
}
