import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { figure, p95 } from './figures'
import { asABrowser, asBrowsersAsk, load, type Ask } from './load'
import { startBareRemix, type RunningServer } from './server'

const get = (path: string): Ask => ({ method: 'GET', path })
const visitors = (count: number) => Array.from({ length: count }, () => ({ cookie: '' }))

/** The pages that most visitors open, nothing kept by anybody: alone, then fifty visitors at once. */
export async function portalPages({ url, only, seconds }: Portal): Promise<void> {
  const pages = {
    home: '/',
    service: await aService(url),
    information: '/comprendre-ma-peine/peines/sursis-probatoire',
    search: '/preparer-ma-convocation?q=Nanterre',
  }
  if (only.test('portal_ttfb'))
    for (const [name, path] of Object.entries(pages)) {
      await load(url, visitors(1), () => [get(path)], Math.min(2, seconds))
      figure(
        `portal_ttfb, ${name}, p95`,
        p95(await load(url, visitors(1), () => [get(path)], seconds)),
        'ms',
        { target: 50 },
      )
    }
  if (only.test('portal_parallel')) {
    // A refusal or an error ends the bench: `load` throws.
    const times = await load(url, visitors(50), () => Object.values(pages).map(get), seconds)
    figure('portal_parallel, 50 visitors, p95', p95(times), 'ms')
    figure('portal_parallel, 50 visitors, no error', times.length / seconds, '/s')
  }
}

/**
 * The page of a service, beside Remix as it comes that draws the same elements without asking anybody: in turn,
 * second by second, since a machine is not the same from one minute to the next.
 */
export async function servicePageBesideRemix({ url, seconds }: Portal): Promise<void> {
  const path = await aService(url)
  const folder = mkdtempSync(join(tmpdir(), 'msj-bare-remix-'))
  const file = join(folder, 'service.html')
  const ours = await asABrowser(`${url}${path}`)
  writeFileSync(file, ours.text)
  const bare = await startBareRemix(file)
  const theirs = await asABrowser(`${bare.url}/`)
  figure('service_page, HTML', ours.text.length / 1000, 'kB')
  figure('service_page, HTML, packed', ours.bytes / 1000, 'kB')
  figure('bare Remix page, HTML', theirs.text.length / 1000, 'kB')
  figure('bare Remix page, HTML, packed', theirs.bytes / 1000, 'kB')
  const answersOf = async (server: string, asked: string, time: number, encoding: string) =>
    (await load(server, visitors(10), () => [get(asked)], time, encoding)).length
  // As browsers ask, then as drawn: how Express packs by itself costs it more than drawing.
  for (const [how, encoding, judged] of [
    ['', asBrowsersAsk, { target: 0.6, least: true }],
    [', not compressed', 'identity', {}],
  ] as const) {
    const counts = { ours: 0, theirs: 0 }
    await answersOf(url, path, Math.min(4, seconds), encoding)
    await answersOf(bare.url, '/', Math.min(4, seconds), encoding)
    for (let turn = 0; turn < seconds; turn++) {
      counts.ours += await answersOf(url, path, 1, encoding)
      counts.theirs += await answersOf(bare.url, '/', 1, encoding)
    }
    figure(`service_page${how}, rate`, counts.ours / seconds, '/s')
    figure(`bare Remix page${how}, rate`, counts.theirs / seconds, '/s')
    figure(`service_page / bare Remix page${how}`, counts.ours / counts.theirs, 'x', judged)
  }
  await bare.stop()
  rmSync(folder, { recursive: true })
}

interface Portal extends Pick<RunningServer, 'url'> {
  only: RegExp
  seconds: number
}

async function aService(url: string): Promise<string> {
  const services = (await (await fetch(`${url}/api/public/services.json`)).json()) as { page: string }[]
  const [first] = services
  if (!first) throw new Error('No service has a page')
  return new URL(first.page).pathname
}
