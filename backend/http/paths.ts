import type { Hono } from 'hono'
import type { Origin } from './origin.ts'

/** Routes under one prefix. */
export type Routes = Hono<{ Bindings: Origin }>

export const appPath = '/api/client/v2.0/app/:appId'
export const clientPath = '/api/client/v2.0'
