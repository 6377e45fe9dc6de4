import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdmin } from '../../admin'
import { createApp } from '../../portal/host/app'
import { keptOpen } from '../../portal/host/serve'
import { env } from '../../resources/shared/env.server'

export interface RunningHost {
  /** `http://localhost:port`, also the address of the links in messages. */
  url: string
  stop: () => Promise<void>
}

/** The real host on a free port, in this process and on this file's database; its worker too when asked. */
export async function startHost({ worker = false } = {}): Promise<RunningHost> {
  const server = createServer(await createApp({ backOffice: createAdmin }))
  // As served: a connection closed after five seconds may be one that a busy test is about to write on.
  server.keepAliveTimeout = keptOpen
  await new Promise<void>((ready) => server.listen(0, ready))
  env.PORT = (server.address() as AddressInfo).port
  env.PUBLIC_URL = `http://localhost:${env.PORT}`
  const queue = worker ? await (await import('../../worker/index')).startWorker() : undefined
  return {
    url: env.PUBLIC_URL,
    async stop() {
      await queue?.stop()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
