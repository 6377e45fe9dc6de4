import { formatPhone } from './resources/shared/phone'
import { env, isDemo, isProduction } from './resources/shared/env.server'
import { log } from './resources/shared/log.server'
import { assertPortFree, serve } from './portal/host/serve'

/**
 * The process: `npm start` does everything on one port; `npm run web` and `npm run worker` do their
 * half, any number of each on one database; `npm run migrate` updates it before they start.
 */
const roles = ['all', 'web', 'worker', 'migrate'] as const
const role =
  roles.find((name) => name === (process.argv[2] ?? 'all')) ?? leave(`Rôle inconnu : ${process.argv[2]}`)

/** What to end, last started first. */
const endings: (() => Promise<unknown>)[] = []
let ending = false

process.removeAllListeners('warning')
process.on('warning', (warning) => log.warn({ err: warning }, 'warning of Node'))

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
  if (web) await assertPortFree()
  // Loading AdminJS dominates start-up: it loads while the database boots.
  if (web) void import('./admin/adminjs/adminjs')
  if (env.DATABASE_URL) await openDatabase()
  else await startEmbeddedDatabase()
  if (role === 'all' || role === 'migrate') {
    const { migrate } = await import('./prisma/migrate')
    for (const name of await migrate(env.DATABASE_URL)) log.info({ name }, 'migration applied')
  }
  const { pool, prisma, pulse, readers } = await import('./resources/shared/db.server')
  endings.push(() =>
    prisma.$disconnect().then(() => Promise.all([pool, readers, pulse].map((one) => one.end()))),
  )
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
  const started: { stop: () => Promise<void> }[] = []
  // Together: while jobs under way finish, no new request is taken.
  endings.push(() => Promise.all(started.map((one) => one.stop())))
  if (web) {
    const [{ createApp }, { createAdmin }] = await Promise.all([
      import('./portal/host/app'),
      import('./admin'),
    ])
    started.push(await serve(await createApp({ backOffice: createAdmin })))
  }
  if (role !== 'web') {
    const { startWorker } = await import('./worker/index')
    started.push(await startWorker())
    if (!env.ALERT_EMAILS && isProduction)
      log.warn('ALERT_EMAILS is not set: alerts are told to nobody by mail')
  }
  // A web process answers on its own port.
  if (role === 'worker' && env.METRICS_PORT) {
    const { serveMetrics } = await import('./worker/metrics')
    started.push(await serveMetrics(env.METRICS_PORT))
  }
  await welcome(web)
}

async function startEmbeddedDatabase(): Promise<void> {
  if (role !== 'all')
    throw new Error(`DATABASE_URL manque : seul « npm start » apporte sa propre base de données.`)
  const { startPostgres } = await import('./prisma/embedded/postgres')
  const postgres = await startPostgres(env.DATA_DIR, {
    onLost: (error) => {
      log.error({ err: error }, 'the embedded database is lost, stopping')
      void stop(1)
    },
  })
  endings.push(postgres.stop)
  env.DATABASE_URL = postgres.url
}

/** A database that somebody gave: that it opens, and may hold a demonstration, is known before it is touched. */
async function openDatabase(): Promise<void> {
  const { assertReachable } = await import('./prisma/reach')
  await assertReachable(env.DATABASE_URL)
  if (!isDemo) return
  const { assertDemonstration } = await import('./prisma/first-run')
  await assertDemonstration(env.DATABASE_URL)
}

/** An empty demonstration receives its jurisdictions, agents and persons. */
async function seedDemonstration(): Promise<void> {
  const { fillOnce } = await import('./prisma/first-run')
  await fillOnce(env.DATABASE_URL, async () => {
    process.stdout.write('  Premier démarrage : création des données de démonstration…\n')
    const { seedDemo } = await import('./prisma/seed/demo')
    await seedDemo()
  })
  // A folder of an earlier release has not the pages that came since; a deployment gets them by `migrate`.
  const [{ seedSite }, { prisma }] = await Promise.all([
    import('./prisma/seed/common'),
    import('./resources/shared/db.server'),
  ])
  await seedSite(prisma)
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
  const { phoneOfSpace } = await import('./prisma/seed/demo-spaces')
  const phone = await phoneOfSpace()
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
      ...(phone
        ? [
            `  Espace personnel    ${env.PUBLIC_URL}/espace/connexion, ${formatPhone(phone)}, même mot de passe`,
          ]
        : []),
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
