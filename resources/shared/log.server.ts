import { AsyncLocalStorage } from 'node:async_hooks'
import { pino } from 'pino'
import { env, isProduction } from './env.server'

/** Ids that every line written during a request or a job carries. */
export const logContext = new AsyncLocalStorage<{
  requestId?: string
  jobId?: string
  task?: string
  agentId?: number
  impersonatorId?: number
}>()

const personal = [
  'password',
  'token',
  'phone',
  'email',
  'firstName',
  'lastName',
  'dateOfBirth',
  'appiNumber',
  'text',
  'body',
]

/**
 * The log: one JSON object a line in production, one readable line elsewhere. Identifiers only:
 * never a name, a phone, an address, a text. What is redacted here is the last net, not a licence.
 */
export const log = pino(
  {
    level: env.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => logContext.getStore() ?? {},
    redact: {
      paths: personal.flatMap((field) => [field, `*.${field}`, `err.*.${field}`]),
      censor: '[masqué]',
    },
    serializers: { err: describeError },
  },
  isProduction ? undefined : { write: (line: string) => process.stdout.write(readable(line)) },
)

/**
 * An error fit for the log. A database error quotes the values of the row it refused (`detail`,
 * `where`), a mail server the address it does not know: they stay out.
 */
export function describeError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, message, cause } = error
  const lines = (error.stack ?? '').split('\n')
  const code = 'code' in error ? error.code : undefined
  const expected = /^(PrismaClient.*|DriverAdapterError|DatabaseError|error)$/.test(name)
  return {
    type: name,
    code,
    message: expected ? undefined : withoutAddresses(message),
    stack: withoutAddresses(lines.slice(expected ? message.split('\n').length : 0).join('\n')),
    cause: cause instanceof Error ? `${cause.name}: ${'code' in cause ? String(cause.code) : ''}` : undefined,
  }
}

function withoutAddresses(text: string): string {
  return text
    .replace(/[^\s<>"'(),;:/@]+@[^\s<>"'(),;:/@]+/g, '[adresse]')
    .replace(/(?<![\w.])(\+|00)\d([ .-]?\d){6,13}|(?<![\w.])0[1-9]([ .-]?\d{2}){4}/g, '[numéro]')
}

function readable(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>
  const fields = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const trouble = err as ReturnType<typeof describeError> | undefined
  return [
    String(time).slice(11, 19),
    String(level).padEnd(5),
    msg,
    ...fields,
    trouble && 'stack' in trouble
      ? `${trouble.type} ${typeof trouble.code === 'string' ? trouble.code : ''}\n${trouble.stack}`
      : '',
  ]
    .filter(Boolean)
    .join(' ')
    .concat('\n')
}

/**
 * A path fit for the log: no query string, no secret of a link (STOP, reset, invitation, receipts,
 * calendar), no search term, nothing that looks like a phone or an address.
 */
export function maskedPath(url: string): string {
  return (url.split('?')[0] ?? '')
    .replace(
      /\/(stop|reinitialisation|invitation|recue|recepisses|calendrier|search|apercu|i|mdp)\/[^/]+/gi,
      '/$1/:secret',
    )
    .split('/')
    .map((segment) =>
      /\d{9}|@|%40|^.{33,}$/.test(segment) && !/^[a-z-]+$/.test(segment) ? ':masked' : segment,
    )
    .join('/')
}
