/** Prisma's: not reachable, slow to answer, closed, no connection free, transaction lost or in conflict. */
const prismaCodes = /^P(1001|1002|1008|1017|2024|2028|2034)$/
/**
 * PostgreSQL's: the connection failed, the server stops or starts, a row held too long by somebody else, two
 * transactions that waited for each other. The wire's, as Node names them.
 */
const wireCodes =
  /^(08\w{3}|57P0[123]|57014|55P03|40001|40P01|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/
/** Of a statement planned before a column changed its type: the code it comes with says anything unsupported. */
export const hasOutlivedItsPlan = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('cached plan must not change result type')

/** What pg says without a code of its own. */
const sentences =
  /^(cached plan must not change result type|Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/

/**
 * Whether an error only says that the database went away under us, at the beginning or in the middle, or
 * was too busy: nobody's fault, nothing was written, and true for a few minutes. Drivers wrap one another: the causes are read too.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { name, message, code, originalCode, cause, meta } = error as Record<string, unknown>
  return (
    name === 'PrismaClientInitializationError' ||
    (typeof message === 'string' && sentences.test(message)) ||
    [code, originalCode].some(
      (one) => typeof one === 'string' && (prismaCodes.test(one) || wireCodes.test(one)),
    ) ||
    isDatabaseAway(cause) ||
    isDatabaseAway((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError)
  )
}
