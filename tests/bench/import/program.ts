import * as z from 'zod'
import { agentActor } from '../../../resources/agent/queries/actor.server'
import { startImport } from '../../../resources/import/commands/start.server'
import { workThrough } from '../../../resources/import/commands/work.server'
import { registerProbationer } from '../../../resources/probationer/commands/register.server'
import { orNotFound } from '../../../resources/shared/errors'
import { formatShortDate } from '../../../resources/shared/french'
import { perform, read } from '../../../resources/shared/transact.server'

/** A process of its own: persons registered by the command of the form in a loop, then as many by a file. */

const { agentId, organizationId, many } = z
  .object({ agentId: z.coerce.number(), organizationId: z.coerce.number(), many: z.coerce.number() })
  .parse({ agentId: process.argv[2], organizationId: process.argv[3], many: process.argv[4] })
const system = { kind: 'system', task: 'bench' } as const
const actor = orNotFound(await read(system, (ctx) => agentActor(ctx, agentId)), 'agent')

const person = (n: number, way: string) => ({
  lastName: `BANC ${way} ${n}`,
  firstName: 'Essai',
  dateOfBirth: `1980-01-${String((n % 28) + 1).padStart(2, '0')}`,
})

async function rateOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (many * 1000) / (performance.now() - from)
}

const register = async (from: number, to: number) => {
  for (let n = from; n < to; n++)
    await perform(actor, registerProbationer, { ...person(n, 'FORMULAIRE'), hasNoMobilePhone: true })
}
// As in a process that has worked for a while.
await register(0, 50)
const byForm = await rateOf(() => register(50, 50 + many))

const lines = Array.from({ length: many }, (_, n) => {
  const { lastName, firstName, dateOfBirth } = person(n, 'FICHIER')
  return [lastName, firstName, formatShortDate(dateOfBirth), '', 'TIG'].join(';')
})
const { id } = await perform(actor, startImport, {
  ...{ kind: 'probationers', fileName: 'banc.csv', organizationId },
  bytes: Buffer.from(
    ['Nom;Prénom;Date de naissance;Numéro de dossier;Mesure/Intervention', ...lines].join('\n'),
  ),
})
const byFile = await rateOf(() => workThrough(system, id))
process.stdout.write(JSON.stringify({ byForm, byFile }))
process.exit(0)
