import { existsSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import * as z from 'zod'

const modes = ['demo', 'test', 'production'] as const
type Mode = (typeof modes)[number]

/** Some settings have a default everywhere but in production, where they must be chosen. */
function settingsSchema(mode: Mode) {
  const required = <T extends z.ZodType>(schema: T, elsewhere: z.input<T>) =>
    mode === 'production' ? schema : z.preprocess((value) => value ?? elsewhere, schema)
  const port = z.coerce.number().int().min(1).max(65_535).default(3000)

  return z
    .object({
      MSJ_ENV: z.enum(modes).default(mode),
      PORT: port,
      DATA_DIR: z.string().default('.data'),
      /** Empty: the embedded database, whose address is set once it is up. */
      DATABASE_URL: required(z.url({ protocol: /^postgres(ql)?$/ }).or(z.literal('')), ''),
      DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
      DATABASE_NAMED_STATEMENTS: z.stringbool().default(true),
      SESSION_SECRET: required(secrets, 'une-demonstration-n-a-rien-a-cacher'),
      LINK_SECRET: required(secrets, 'les-liens-d-une-demonstration-sont-publics'),
      PUBLIC_URL: required(publicUrl(mode), 'http://localhost'),
      PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(0),
      SMS_SENDER: z.string().min(3).max(20).default('RDV Justice'),
      SMS_ENABLED: z.stringbool().default(false),
      SMS_PER_SECOND: z.coerce.number().int().min(1).max(1000).default(20),
      BREVO_API_KEY: z.string().optional(),
      BREVO_URL: z.url().optional(),
      SMS_RECEIPT_SECRET: secrets.optional(),
      SMS_RECEIPT_ADDRESSES: networks.optional(),
      SMS_PART_PRICE: z.coerce.number().min(0).max(10).default(0.045),
      SMS_CREDIT_ALERT: z.coerce.number().min(0).default(1_000),
      ALERT_EMAILS: emails.optional(),
      METRICS_TOKEN: secrets.optional(),
      METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
      SMTP_URL:
        mode === 'production'
          ? smtpUrl.refine(isEncrypted, 'smtps:// ou smtp://…?requireTLS=true est attendu')
          : smtpUrl.optional(),
      MAIL_FROM: required(z.email(), 'ne-pas-repondre@mon-suivi-justice.example'),
      SUPPORT_EMAIL: required(z.email(), 'assistance@mon-suivi-justice.example'),
      BRAND: z.enum(['neutre', 'etat']).default('neutre'),
      LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
      SEARCHES_PER_MINUTE: z.coerce.number().int().min(10).default(300),
      WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(50).default(10),
    })
    .check((ctx) => {
      const refuse = (path: string, message: string) =>
        ctx.issues.push({ code: 'custom', input: undefined, path: [path], message })
      if (ctx.value.LINK_SECRET.some((secret) => ctx.value.SESSION_SECRET.includes(secret)))
        refuse('LINK_SECRET', 'un autre secret que SESSION_SECRET est attendu')
      if (!ctx.value.SMS_ENABLED) return
      for (const name of ['BREVO_API_KEY', 'SMS_RECEIPT_SECRET'] as const)
        if (!ctx.value[name]) refuse(name, 'obligatoire quand SMS_ENABLED=true')
      if (senderOf(ctx.value.SMS_SENDER).length > 11)
        refuse('SMS_SENDER', 'onze lettres ou chiffres au plus sont attendus')
    })
}

/** Decision M9: a provider takes letters and digits only. */
export const senderOf = (name: string) => name.replace(/[^A-Za-z0-9]/g, '')

/** Networks as `1.179.112.0/20 172.246.240.0/20`, of one family or both. */
const networks = z.string().transform((text, ctx) => {
  const list = new BlockList()
  for (const network of text.split(/[\s,]+/).filter(Boolean)) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address)
    const most = family === 4 ? 32 : 128
    if (family === 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most))) {
      ctx.addIssue(`« ${network} » n’est pas un réseau`)
      return z.NEVER
    }
    list.addSubnet(address, Number(bits ?? most), family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
})

const emails = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.email()).min(1).max(20))

const smtpUrl = z.url({ protocol: /^smtps?$/ })

/** Mails carry links that open accounts: over TLS from the first byte, or not before STARTTLS. */
function isEncrypted(address: string): boolean {
  const { protocol, searchParams } = new URL(address)
  return (
    (protocol === 'smtps:' || searchParams.get('requireTLS') === 'true') &&
    searchParams.get('secure') !== 'false' &&
    searchParams.get('tls.rejectUnauthorized') !== 'false'
  )
}

/** One secret or more, of 32 characters at least: the first one serves, the others are still believed. */
const secrets = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.tuple([z.string().min(32)], z.string().min(32)))

/** Only its origin is kept: addresses are written behind it. */
function publicUrl(mode: Mode) {
  return z
    .url(
      mode === 'production'
        ? { protocol: /^https$/, error: 'une adresse en https:// est attendue' }
        : { protocol: /^https?$/ },
    )
    .refine((address) => new URL(address).pathname === '/', 'une adresse sans chemin est attendue')
    .transform((address) => new URL(address).origin)
}

export type Settings = z.output<ReturnType<typeof settingsSchema>>

/**
 * Reads the settings from variables, or throws one sentence a setting that is missing or wrong. Where
 * nothing says the mode, only the whole product in one process on its own database (`npm start` with
 * nothing set) is a demonstration: its secrets are public, and its outbox open.
 */
export function readSettings(variables: Record<string, string | undefined>, role = 'all'): Settings {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()))
  const alone = ['web', 'worker', 'migrate', 'first-admin'].includes(role)
  const mode =
    modes.find((name) => name === given.MSJ_ENV) ??
    (given.NODE_ENV === 'production' || alone || given.DATABASE_URL ? 'production' : 'demo')
  const parsed = settingsSchema(mode).safeParse(given, { error: z.locales.fr().localeError })
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0])
      const missing = given[name] === undefined && issue.code !== 'custom'
      return `  - ${name} : ${missing ? 'manque' : issue.message}`
    })
    throw new Error(
      [`Réglages à corriger avant de démarrer (mode ${mode}) :`, ...lines, 'Voir .env.example.'].join('\n'),
    )
  }
  const settings = parsed.data
  // The local address follows the port when nobody chose one.
  if (!given.PUBLIC_URL) settings.PUBLIC_URL = `http://localhost:${settings.PORT}`
  // Whoever serves TLS stands in front: unseen, cookies marked Secure would never be set.
  if (!given.PROXY_HOPS && settings.PUBLIC_URL.startsWith('https:')) settings.PROXY_HOPS = 1
  return settings
}

function load(): Settings {
  if (process.env.MSJ_ENV !== 'test' && existsSync('.env')) process.loadEnvFile('.env')
  try {
    return readSettings(process.env, process.argv[2])
  } catch (error) {
    if (process.env.MSJ_ENV === 'test') throw error
    process.stderr.write(`\n${(error as Error).message}\n\n`)
    process.exit(1)
  }
}

/** The settings of this process, the only reading of its environment. */
export const env = load()
// React and Remix are several times slower in their development build, which is their default.
const variables: Record<string, string | undefined> = process.env
variables.NODE_ENV ??= 'production'

export const isDemo = env.MSJ_ENV === 'demo'
export const isProduction = env.MSJ_ENV === 'production'
/** Phone numbers and addresses reserved for fiction (decision P3). */
export const fictionAllowed = !isProduction
