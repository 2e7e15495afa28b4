import type { Socket } from 'node:net'

/** @returns the value of a socket option as 32-bit words; null if there is no such option */
export type SocketOptions = (socket: Socket, level: number, name: number, words: number) => Int32Array | null
