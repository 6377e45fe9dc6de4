import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http'
import { Server as TcpServer, type Socket } from 'node:net'
import type { Express } from 'express'
import { env } from '../../resources/shared/env.server'

/** Longer than proxies keep a connection (a minute): one they believe open must not be closed under a request. */
export const keptOpen = 65_000
/** Time for what a client was sending to arrive, and be told that the connection closes. */
const nextRequest = 1_000
/** Time given to requests under way before their connections are cut. */
const patience = 10_000

/**
 * Requests and answers that are what Express wants from their birth. It gives each one another prototype
 * otherwise, and the engine, which then knows each as an object like no other, spends more on them than on
 * the answer itself, in pauses of its collector above all.
 */
function bornFor(app: Express) {
  class Request extends IncomingMessage {}
  class Response<Of extends IncomingMessage> extends ServerResponse<Of> {}
  const prototypes = app as unknown as { request: object; response: object }
  Object.setPrototypeOf(Request.prototype, prototypes.request)
  Object.setPrototypeOf(Response.prototype, prototypes.response)
  prototypes.request = Request.prototype
  prototypes.response = Response.prototype
  return { IncomingMessage: Request, ServerResponse: Response }
}

/** Serves on the port of the settings. Stopping answers what is under way and takes nothing more. */
export async function serve(app: Express): Promise<{ stop: () => Promise<void> }> {
  const underWay = new Map<Socket, ServerResponse>()
  let stopping = false
  const server = createServer(bornFor(app), (req, res) => {
    underWay.set(req.socket, res)
    if (stopping) res.setHeader('Connection', 'close')
    app(req, res)
  })
  server.on('connection', (socket) => socket.once('close', () => underWay.delete(socket)))
  server.keepAliveTimeout = keptOpen
  server.headersTimeout = keptOpen + 1_000
  await listen(server)
  return {
    stop: () =>
      new Promise((done) => {
        stopping = true
        // A client that keeps its connection would go on being served on it.
        for (const res of underWay.values()) if (!res.headersSent) res.setHeader('Connection', 'close')
        const idle = setInterval(() => server.closeIdleConnections(), nextRequest)
        const late = setTimeout(() => server.closeAllConnections(), patience)
        // Not http's own close, which cuts idle connections at once: on some a request is just arriving.
        TcpServer.prototype.close.call(server, () => {
          clearInterval(idle)
          clearTimeout(late)
          done()
        })
      }),
  }
}

/** Whether the port is free, said before anything slow is started. */
export async function assertPortFree(): Promise<void> {
  const probe = createServer()
  await listen(probe)
  await new Promise((done) => probe.close(done))
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Le port ${env.PORT} est déjà pris\u00a0: choisissez-en un autre, par exemple PORT=${env.PORT + 1} npm start`,
            )
          : error,
      )
    })
    server.listen(env.PORT, () => resolve())
  })
}
