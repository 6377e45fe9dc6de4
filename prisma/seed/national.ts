import { parseArgs } from 'node:util'
import { z } from 'zod'
import { env, isProduction } from '../../resources/shared/env.server'
import { migrate } from '../migrate'
import { startPostgres } from '../postgres'
import { loadNational, nationalPassword } from './national/load'

/** `npm run seed:national`: the whole country, invented, for work at scale. */

if (isProduction) throw new Error('Ce chargement invente des personnes : il est refusé en production.')
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
const say = (line: string) => process.stdout.write(`${line}\n`)
const started = performance.now()
const embedded = env.DATABASE_URL
  ? null
  : await startPostgres(env.DATA_DIR, { settings: { max_wal_size: '8GB' } })
const databaseUrl = embedded?.url ?? env.DATABASE_URL
try {
  await migrate(databaseUrl)
  await loadNational(databaseUrl, size, say)
} finally {
  await embedded?.stop()
}
say(
  `${size.persons.toLocaleString('fr')} personnes, ${size.appointments.toLocaleString('fr')} convocations en ${((performance.now() - started) / 1000).toFixed(0)} s.`,
)
say(
  `Comptes : equipe@tj-bourg-en-bresse.example, cpip@spip-92-nanterre.example… Mot de passe : ${nationalPassword}`,
)
