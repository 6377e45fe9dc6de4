import { parseArgs } from 'node:util'
import * as z from 'zod'
import { env, isProduction } from '../../resources/shared/env.server'
import { forgetFilling } from '../first-run'
import { migrate } from '../migrate'
import { startPostgres } from '../embedded/postgres'
import { loadNational, nationalPassword } from './national/load'

/** `npm run seed:national`: the whole country, invented, for work at scale. */

const say = (line: string) => process.stdout.write(`${line}\n`)
const seconds = () => `${(performance.now() / 1000).toFixed(0)} s`

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '1000000' },
    appointments: { type: 'string', default: '5000000' },
  },
})
const size = z
  .object({ persons: z.coerce.number().int().min(1_000), appointments: z.coerce.number().int().min(1_000) })
  .refine(
    ({ persons, appointments }) => appointments <= persons * 10,
    'Au plus dix convocations par personne.',
  )
  .parse(values)

if (isProduction) throw new Error('Ce chargement invente des personnes : il est refusé en production.')
const embedded = env.DATABASE_URL
  ? null
  : // Room for the whole load between two checkpoints.
    await startPostgres(env.DATA_DIR, { settings: { max_wal_size: '8GB' } })
try {
  env.DATABASE_URL = embedded?.url ?? env.DATABASE_URL
  await migrate(env.DATABASE_URL)
  await forgetFilling(env.DATABASE_URL)
  const [{ prisma, pool }, { seedCommon }] = await Promise.all([
    import('../../resources/shared/db.server'),
    import('./common'),
  ])
  await seedCommon()
  await prisma.$disconnect()
  await pool.end()
  await loadNational(env.DATABASE_URL, size, say)
  const [persons, appointments] = [size.persons, size.appointments].map((count) => count.toLocaleString('fr'))
  say(`${persons} personnes et ${appointments} convocations en ${seconds()}.`)
  say(`Comptes : cpip@spip-92-nanterre.example, bex@tj-nanterre.example, equipe@tj-bourg-en-bresse.example`)
  say(`Mot de passe : ${nationalPassword}`)
} finally {
  await embedded?.stop()
}
