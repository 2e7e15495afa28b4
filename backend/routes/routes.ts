import { Hono } from 'hono'
import { routePath } from 'hono/route'
import type { Context } from '../context.ts'
import type { Origin } from '../http/origin.ts'
import { describeFault } from '../fault.ts'
import { answerRefusal } from '../http/answer.ts'
import { appPath, servicePath, type Routes } from '../http/paths.ts'
import { Refusal } from '../refusal.ts'
import { addGatewayRoute } from './gateway.ts'
import { addKeyRoutes } from './keys.ts'
import { addLocationRoutes } from './location.ts'
import { addLoginRoutes } from './login.ts'
import { addManagedKeyRoutes } from './managed-keys.ts'
import { addPageRoutes } from './pages.ts'
import { addRegistrationRoutes } from './registration.ts'
import { addServiceRoutes } from './services.ts'
import { addSessionRoutes } from './session.ts'

/** All routes of the server, and what applies to each of them. */
export function newRoutes(context: Context): Routes {
  const routes: Routes = new Hono<{ Bindings: Origin }>()

  routes.use(async (hono, next) => {
    const start = performance.now()
    await next()
    if (!hono.res.headers.has('Cache-Control')) hono.res.headers.set('Cache-Control', 'no-store')
    hono.res.headers.set('X-Content-Type-Options', 'nosniff')
    // Logs the route's pattern, never the path, which contains ids, and for pages a token in the query.
    const time = Math.round(performance.now() - start)
    context.log(`${method(hono.req.method)} ${routePath(hono, -1)} ${hono.res.status} ${time}ms`)
  })
  for (const prefix of [`${appPath}/*`, `${servicePath}/*`, '/app/:appId/*']) {
    routes.use(prefix, async (hono, next) => {
      if (hono.req.param('appId') !== context.appId) throw new Refusal('app-unknown')
      await next()
    })
  }

  addLocationRoutes(routes, context)
  addRegistrationRoutes(routes, context)
  addLoginRoutes(routes, context)
  addSessionRoutes(routes, context)
  addKeyRoutes(routes, context)
  addPageRoutes(routes, context)
  addServiceRoutes(routes, context)
  addGatewayRoute(routes, context)
  addManagedKeyRoutes(routes, context)

  routes.notFound(() => answerRefusal(new Refusal('not-found')))
  routes.onError((error) => {
    if (error instanceof Refusal) return answerRefusal(error)
    context.log(`request failed: ${describeFault(error)}`)
    return answerRefusal(new Refusal('internal'))
  })
  return routes
}

function method(text: string): string {
  return /^[A-Z]{1,10}$/.test(text) ? text : 'OTHER'
}
