import { calls, events } from './contract.ts'
import { expose } from './expose.ts'

expose('latchkey', calls, events)
