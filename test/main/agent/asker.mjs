/**
 * A program that asks an agent for the key `ci`, and prints what it hears, one line of JSON each.
 *
 * asker.mjs SOCKET            asks at once
 * asker.mjs SOCKET held       connects, and asks when it gets SIGUSR1; prints its pid first
 * asker.mjs SOCKET passed     connects, leaves its connection to a child, and ends; the child asks then
 */
import { spawn } from 'node:child_process'
import { connect, Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

const [path = '', mode = 'at-once', parent = ''] = process.argv.slice(2)
const get = { call: 'get', input: { reference: { account: null, key: 'ci' } } }

const socket = mode === 'inherited' ? new Socket({ fd: 3 }) : connect(path, connected)
if (mode === 'inherited') {
  const timer = setInterval(() => {
    if (process.ppid === Number(parent)) return
    clearInterval(timer)
    say({ id: 2, ...get })
  }, 20)
}
let heard = Buffer.alloc(0)
if (mode !== 'passed') socket.on('data', hear)
socket.on('end', () => process.exit())

function connected() {
  say({ kind: 'command', version: 1 })
  if (mode === 'at-once') say({ id: 1, ...get })
  if (mode === 'held') {
    process.on('SIGUSR1', () => say({ id: 1, ...get }))
    console.log(JSON.stringify({ pid: process.pid }))
  }
  if (mode === 'passed') {
    say({ id: 1, call: 'status', input: null })
    socket.once('data', pass)
  }
}

function pass() {
  socket.pause()
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), path, 'inherited', `${process.pid}`], {
    stdio: ['ignore', 'inherit', 'inherit', socket],
    detached: true,
  })
  child.once('spawn', () => process.exit())
}

/** @param {unknown} message */
function say(message) {
  const body = Buffer.from(JSON.stringify(message))
  const head = Buffer.alloc(4)
  head.writeUInt32LE(body.length)
  socket.write(Buffer.concat([head, body]))
}

/** @param {Buffer} chunk */
function hear(chunk) {
  heard = Buffer.concat([heard, chunk])
  while (heard.length >= 4 && heard.length >= 4 + heard.readUInt32LE(0)) {
    const length = heard.readUInt32LE(0)
    console.log(heard.toString('utf8', 4, 4 + length))
    heard = heard.subarray(4 + length)
    socket.end()
  }
}
