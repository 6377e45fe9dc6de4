import * as z from 'zod'
import { startBrevo, type Fate } from './brevo-simulator'

/**
 * `npm run brevo:simulator`: the simulator of Brevo by hand, for a server started with BREVO_URL and its key. What a
 * message meets follows from the last digit of its number: 1 is refused, 2 is never acknowledged, 3 is cut once taken,
 * 4 bounces, 5 comes after ten seconds, 6 meets the limit, 7 is told twice and out of order, 8 is told by the list alone.
 */
const { PORT, API_KEY } = z
  .object({ PORT: z.coerce.number().default(3900), API_KEY: z.string().default('simulated-key') })
  .parse(process.env)

const fates: Record<string, Fate> = {
  1: { answer: { status: 400, code: 'invalid_parameter', message: 'Invalid telephone number' } },
  2: { receipts: [] },
  3: { answer: 'cut' },
  4: { receipts: ['accepted', 'hard_bounce'] },
  5: { delay: 8_000 },
  6: { answer: { status: 429, code: 'too_many_requests', message: 'Limit', reset: 20 } },
  7: { receipts: ['delivered', 'accepted', 'delivered'] },
  8: { receipts: [], lost: ['accepted', 'delivered'] },
}
const account = await startBrevo({
  ...{ apiKey: API_KEY, port: PORT },
  fateOf: ({ phone, tag }) => {
    process.stdout.write(`${tag} ${phone.slice(0, -4)}••••\n`)
    return fates[phone.at(-1) ?? ''] ?? {}
  },
})
process.stdout.write(`BREVO_URL=${account.url} BREVO_API_KEY=${API_KEY}\n`)
