import type { Socket } from 'node:net'

/** @returns an option's value of as many 32-bit words; null where there is no such option */
export type SocketOptions = (socket: Socket, level: number, name: number, words: number) => Int32Array | null
