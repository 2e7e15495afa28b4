import { expose } from './expose.ts'
import { promptCalls, promptEvents } from './prompt-contract.ts'

expose('latchkeyPrompt', promptCalls, promptEvents)
