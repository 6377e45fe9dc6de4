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
export const isDatabaseAway = (error: unknown): boolean =>
  someCause(
    error,
    ({ name, message, codes }) =>
      name === 'PrismaClientInitializationError' ||
      (typeof message === 'string' && sentences.test(message)) ||
      codes.some((code) => prismaCodes.test(code) || wireCodes.test(code)),
  )

/** Whether two transactions waited for each other, and this is the one that PostgreSQL undid. */
export const wasUndone = (error: unknown): boolean =>
  someCause(error, ({ codes }) => codes.some((code) => /^(40P01|40001|P2034)$/.test(code)))

function someCause(
  error: unknown,
  test: (one: { name: unknown; message: unknown; codes: string[] }) => boolean,
): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { name, message, code, originalCode, cause, meta } = error as Record<string, unknown>
  const codes = [code, originalCode].filter((one) => typeof one === 'string')
  return (
    test({ name, message, codes }) ||
    someCause(cause, test) ||
    someCause((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError, test)
  )
}
