import type { Hono } from 'hono'
import type { Origin } from './origin.ts'

/** Routes under one prefix. */
export type Routes = Hono<{ Bindings: Origin }>

export const appPath = '/api/client/v2.0/app/:appId'
export const clientPath = '/api/client/v2.0'
/** What services ask. It is apart from the paths of the App Services protocol, which stay exactly as they are. */
export const servicePath = '/api/service/v1/app/:appId'
