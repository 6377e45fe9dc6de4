import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../../prisma/embedded/postgres'
import { startWeb, startWhole } from '../bench/server'
import { openBrowser } from '../support/browser'
import { lighthouseOn } from './lighthouse'
import { oneOfEachKind, openAudit, type Look, type PageToLookAt } from './page'

/**
 * `npm run audit`: every page of the public site, in the demonstration, as a browser draws it, and Lighthouse on one
 * page of each kind. One line a fault, then the weights; ends with 1 when there is a fault. Alone on the machine:
 * Lighthouse measures time.
 */
const closed = '/preparer-ma-convocation/spip-92-gennevilliers'

const folder = await mkdtemp(join(tmpdir(), 'msj-audit-'))
// Fills it.
await (await startWhole(folder)).stop()
const postgres = await startPostgres(folder)
const tokens = await preparedTokens(postgres.url)
const server = await startWeb(postgres.url)
try {
  const faults = [...(await lookEverywhere(server.url)), ...(await lighthouseEverywhere(server.url))]
  print(faults.length === 0 ? 'No fault.' : `${faults.length} faults.`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await server.stop()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** A service that has closed, somebody who refuses the SMS, somebody who does not: the links that each was sent. */
async function preparedTokens(databaseUrl: string): Promise<{ going: string; stopped: string }> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(`UPDATE public_page SET state = 'archived' WHERE slug = $1`, [closed.split('/').at(-1)])
  const { rows } = await client.query<{ id: number; token: string }>(
    `SELECT id, sms_opt_out_token AS token FROM probationer
      WHERE NOT sms_opt_out AND phone IS NOT NULL ORDER BY id LIMIT 2`,
  )
  const [going, stopped] = rows
  if (!going || !stopped) throw new Error('Nobody of the demonstration receives SMS')
  await client.query('UPDATE probationer SET sms_opt_out = true WHERE id = $1', [stopped.id])
  await client.end()
  return { going: going.token, stopped: stopped.token }
}

async function pagesOf(origin: string): Promise<PageToLookAt[]> {
  const sitemap = await (await fetch(`${origin}/sitemap.xml`)).text()
  const indexed = [...sitemap.matchAll(/<loc>(.*?)<\/loc>/g)].map(
    ([, address = '']) => new URL(address).pathname,
  )
  return [
    ...indexed.map((path) => ({ path, indexed: true })),
    { path: '/nulle-part', status: 404 },
    { path: closed, status: 410 },
    { path: '/stop/inconnu', status: 404 },
    ...[
      `/stop/${tokens.going}`,
      `/stop/${tokens.stopped}`,
      '/recherche?q=bracelet',
      '/recherche?q=xyzzy',
      '/preparer-ma-convocation?q=Nanterre',
      '/preparer-ma-convocation?q=Nantere',
      '/preparer-ma-convocation/departements/23',
      '/contact/ecrire',
      '/contact/ecrire?page=/accessibilite',
      `/contact/je-ne-peux-pas-venir?q=nanterre`,
      '/agents/connexion',
      '/agents/mot-de-passe-oublie',
    ].map((path) => ({ path })),
  ]
}

/** Every page by itself, then those that say the same of themselves. */
async function lookEverywhere(origin: string): Promise<string[]> {
  const pages = await pagesOf(origin)
  const browser = await openBrowser()
  const audit = await openAudit(browser, origin)
  const looks: Look[] = []
  const faults: string[] = []
  const told = (fault: string) => {
    faults.push(fault)
    print(fault)
  }
  for (const page of pages) {
    const look = await audit.look(page)
    looks.push(look)
    for (const fault of look.faults) told(`${look.path} ${fault}`)
  }
  await audit.close()
  await browser.close()
  for (const what of ['title', 'description'] as const)
    for (const [rank, look] of looks.entries()) {
      const twin = looks.slice(0, rank).find((other) => look[what] !== null && other[what] === look[what])
      if (twin) told(`${look.path} has the ${what} of ${twin.path}: ${look[what]}`)
    }

  print(`\n${looks.length} pages. Weight on the wire, besides fonts:\n`)
  print(`${'first visit'.padStart(12)}${'after'.padStart(10)}`)
  for (const { path, weight } of looks.toSorted((a, b) => b.weight.first - a.weight.first))
    print(`${kilobytes(weight.first).padStart(12)}${kilobytes(weight.after).padStart(10)}  ${path}`)
  return faults
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}

async function lighthouseEverywhere(origin: string): Promise<string[]> {
  const pages = await lighthouseOn(origin, oneOfEachKind)
  print('\nLighthouse, median of three: performance, accessibility, best practices, seo\n')
  for (const { path, scores } of pages)
    print(
      `${Object.values(scores)
        .map((score) => String(score).padStart(5))
        .join('')}  ${path}`,
    )
  const faults = pages.flatMap(({ path, faults }) => faults.map((fault) => `${path} ${fault}`))
  for (const fault of faults) print(fault)
  return faults
}
