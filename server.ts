import { createServer, type Server } from 'node:http'
import { env, isDemo } from './resources/shared/env.server'
import { log } from './resources/shared/log.server'

/**
 * The process: `npm start` does everything on one port; `npm run web` and `npm run worker` do their
 * half, any number of each on one database; `npm run migrate` updates it before they start.
 */
const roles = ['all', 'web', 'worker', 'migrate'] as const
const role =
  roles.find((name) => name === (process.argv[2] ?? 'all')) ?? leave(`Rôle inconnu : ${process.argv[2]}`)

// pg warns of queries sent together on one transaction, which Prisma does and pg puts in line.
process.noDeprecation = true

/** What to end, last started first. */
const endings: (() => Promise<unknown>)[] = []
let ending = false

process.on('SIGTERM', () => void stop(0))
process.on('SIGINT', () => void stop(0))
process.on('uncaughtException', (error) => {
  log.error({ err: error }, 'unexpected error, stopping')
  void stop(1)
})

await start().catch((error: unknown) => {
  // Stopped while it was starting, it fails on what is gone already: that is no news.
  if (ending) return
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
  log.error({ err: error }, 'could not start')
  return stop(1)
})

async function start(): Promise<void> {
  const web = role === 'all' || role === 'web'
  if (web) await listen(createServer()).then((probe) => probe.close())
  // Most of a start is reading AdminJS: it is read while the database starts.
  if (web) void import('./admin/adminjs/adminjs')
  if (!env.DATABASE_URL) await startEmbeddedDatabase()
  if (role === 'all' || role === 'migrate') {
    const { migrate } = await import('./prisma/migrate')
    for (const name of await migrate(env.DATABASE_URL)) log.info({ name }, 'migration applied')
  }
  const { pool, prisma } = await import('./resources/shared/db.server')
  endings.push(() => prisma.$disconnect().then(() => pool.end()))
  if (role === 'migrate') {
    const [{ seedCommon }, { forgetFilling }] = await Promise.all([
      import('./prisma/seed/common'),
      import('./prisma/first-run'),
    ])
    await forgetFilling(env.DATABASE_URL)
    await seedCommon()
    return stop(0)
  }
  if (role === 'all' && isDemo) await seedDemonstration()
  if (web) {
    const [{ createApp }, { createAdmin }] = await Promise.all([
      import('./portal/host/app'),
      import('./admin'),
    ])
    const server = await listen(createServer(await createApp({ backOffice: createAdmin })))
    endings.push(() => close(server))
  }
  if (role !== 'web') {
    const { startWorker } = await import('./worker/index')
    const worker = await startWorker()
    endings.push(() => worker.stop())
  }
  await welcome(web)
}

async function startEmbeddedDatabase(): Promise<void> {
  if (role !== 'all')
    throw new Error(`DATABASE_URL manque : seul « npm start » apporte sa propre base de données.`)
  const { startPostgres } = await import('./prisma/embedded/postgres')
  const postgres = await startPostgres(env.DATA_DIR)
  endings.push(postgres.stop)
  env.DATABASE_URL = postgres.url
}

/** An empty demonstration receives its jurisdictions, agents and persons. */
async function seedDemonstration(): Promise<void> {
  const { fillOnce } = await import('./prisma/first-run')
  await fillOnce(env.DATABASE_URL, async () => {
    process.stdout.write('  Premier démarrage : création des données de démonstration…\n')
    const { seedDemo } = await import('./prisma/seed/demo')
    await seedDemo()
  })
}

function listen(server: Server): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Le port ${env.PORT} est déjà pris : choisissez-en un autre, par exemple PORT=${env.PORT + 1} npm start`,
            )
          : error,
      )
    })
    server.listen(env.PORT, () => resolve(server))
  })
}

/** Answers what is under way, takes nothing more. */
function close(server: Server): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), 10_000)
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}

async function stop(code: number): Promise<void> {
  // Ctrl-C arrives twice under npm: from the terminal and from npm.
  if (ending) return
  ending = true
  setTimeout(() => process.exit(1), 25_000).unref()
  for (const end of endings.reverse())
    await end().catch((error: unknown) => log.error({ err: error }, 'while stopping'))
  log.info('stopped')
  process.exit(code)
}

function leave(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

async function welcome(web: boolean): Promise<void> {
  log.info({ role, mode: env.MSJ_ENV, ...(web && { port: env.PORT }) }, 'ready')
  if (!isDemo || !web) return
  const { demoAccounts, demoPassword } = await import('./prisma/seed/demo')
  const columns = demoAccounts.map(({ role, email, service }) => [role, email, service] as const)
  const width = (index: 0 | 1) => Math.max(...columns.map((row) => row[index].length))
  process.stdout.write(
    [
      '',
      '  Mon Suivi Justice, démonstration',
      '',
      `  Portail             ${env.PUBLIC_URL}`,
      `  Espace des agents   ${env.PUBLIC_URL}/agents/connexion`,
      `  SMS et courriels    ${env.PUBLIC_URL}/boite-d-envoi`,
      '',
      `  Comptes, mot de passe « ${demoPassword} » :`,
      ...columns.map(
        ([role, email, service]) => `    ${role.padEnd(width(0))}  ${email.padEnd(width(1))}  ${service}`,
      ),
      '',
      '  Arrêter : Ctrl-C',
      '',
      '',
    ].join('\n'),
  )
}
