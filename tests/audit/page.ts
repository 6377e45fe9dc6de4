import { AxeBuilder } from '@axe-core/playwright'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { faultsOfHtml } from '../support/html'
import { keyboardFaults } from './keyboard'

const wide = { width: 1280, height: 800 }
const narrow = { width: 320, height: 640 }
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What a page may weigh on the wire, besides fonts: when nothing is kept yet, then when the style is. */
const heaviest = { first: 100_000, after: 30_000 }

/** In the demonstration: home, searches, the way to a service, information, questions, a form, figures, a short page. */
export const oneOfEachKind = [
  '/',
  '/recherche?q=bracelet',
  '/preparer-ma-convocation?q=Nanterre',
  '/preparer-ma-convocation/departements/92',
  '/preparer-ma-convocation/spip-92-nanterre',
  '/comprendre-ma-peine/peines/sursis-probatoire',
  '/questions-frequentes',
  '/contact/ecrire',
  '/statistiques',
  '/gestion-des-cookies',
] as const

export interface PageToLookAt {
  path: string
  status?: number
  /** A page for anybody, that robots may read: it has a description, and may be kept by what stands before the site. */
  indexed?: boolean
}

export interface Look {
  path: string
  faults: string[]
  title: string
  /** Of a page that robots may read. */
  description: string | null
  /** Bytes on the wire, besides fonts, as a first page and as a following one. */
  weight: { first: number; after: number }
}

/** What axe finds wrong with the page as it is, by all its rules or by one. */
export async function axeFaults(page: Page, rule?: string): Promise<string[]> {
  // Legacy mode opens no second page to gather what frames say: we have no frame. What passes is not described:
  // naming each of its elements takes longer than looking at them.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await (rule ? axe.withRules(rule) : axe.withTags(standards)).analyze()
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} — ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
}

/** By how much the page is wider than its window. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/**
 * Looks at pages one after the other, as somebody who comes straight to each, then as somebody who reads the site on:
 * on a wide screen and on a small phone, in light and dark, by the keyboard where everything is on the screen.
 */
export async function openAudit(browser: Browser, origin: string) {
  const reader = await visitor(browser, origin, narrow)
  const onward = await reader.newPage()
  // Brings the style, and is kept by no browser.
  await onward.goto('/nulle-part')

  return {
    async look({ path, status = 200, indexed = false }: PageToLookAt): Promise<Look> {
      const faults: string[] = []
      const arriving = await visitor(browser, origin, wide)
      const page = await arriving.newPage()
      const first = await weigh(page, path)
      if (first.status !== status) faults.push(`answers ${first.status} instead of ${status}`)
      faults.push(
        ...first.faults,
        ...(await faultsOfHtml(first.html)),
        ...(await cacheFaults(first, indexed)),
      )
      const { h1, title, description } = await page.evaluate(() => ({
        h1: document.querySelectorAll('h1').length,
        title: document.title,
        description: document.querySelector('meta[name="description"]')?.getAttribute('content') ?? null,
      }))
      if (h1 !== 1) faults.push(`has ${h1} h1`)
      if (indexed && !description) faults.push('has no description')
      faults.push(...(await drawnFaults(page, 'wide')), ...(await keyboardFaults(page)))
      await arriving.close()

      const after = await weigh(onward, path)
      faults.push(...after.faults, ...(await drawnFaults(onward, '320 px')))
      const weight = { first: first.bytes, after: after.bytes }
      for (const visit of ['first', 'after'] as const)
        if (weight[visit] > heaviest[visit]) faults.push(`weighs ${weight[visit]} bytes, ${visit}`)
      return { path, faults, title, description: indexed ? description : null, weight }
    },
    close: () => reader.close(),
  }
}

async function visitor(browser: Browser, origin: string, viewport: typeof wide): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: origin, locale: 'fr-FR', viewport })
  context.setDefaultTimeout(15_000)
  // What tsx calls in the functions that are sent to the page.
  await context.addInitScript('globalThis.__name ??= (named) => named')
  await context.addInitScript(watchShifts)
  return context
}

/**
 * What moves when the head of a page comes in two pieces, wherever it is cut. A busy browser reads a page so too, and
 * draws what it has.
 */
export async function movesInPieces(browser: Browser, origin: string, path: string): Promise<string[]> {
  const page = await (await fetch(new URL(path, origin))).text()
  let cut = page.length
  let comeWhole = () => {}
  const slow = createServer(async (asked, answer) => {
    const sheet = asked.url === path ? null : await fetch(new URL(asked.url ?? '/', origin))
    answer.writeHead(200, { 'content-type': sheet?.headers.get('content-type') ?? 'text/html' })
    if (sheet) return answer.end(Buffer.from(await sheet.arrayBuffer()))
    answer.write(page.slice(0, cut))
    comeWhole = () => answer.end(page.slice(cut))
  })
  await new Promise<void>((ready) => slow.listen(0, ready))
  const { port } = slow.address() as AddressInfo
  const moves: string[] = []
  for (const viewport of [wide, narrow]) {
    const context = await visitor(browser, `http://localhost:${port}`, viewport)
    const reader = await context.newPage()
    for (cut = page.indexOf('<body') + 10; cut < page.indexOf('</header>') + 200; cut += 90) {
      await reader.goto(path, { waitUntil: 'commit' })
      await reader.evaluate(drawn)
      comeWhole()
      await reader.waitForLoadState('load')
      await reader.evaluate(drawn)
      // Without its style nothing of it would move, whatever was cut.
      if (!(await reader.evaluate(() => document.styleSheets.length)))
        throw new Error(`${path} came without its style`)
      const moved = await movedWhileDrawn(reader)
      if (moved) moves.push(`${viewport.width} px, cut at ${page.slice(cut - 40, cut)}: ${moved}`)
    }
    await context.close()
  }
  slow.closeAllConnections()
  slow.close()
  return moves
}

/** A frame is shown before the next one is asked for: so what stood before the call has been drawn. */
const drawn = () => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)))

/** What is wrong with a page as it is drawn at this width: in both schemes, and as some readers set it. */
async function drawnFaults(page: Page, width: string): Promise<string[]> {
  const faults: string[] = []
  const moved = await movedWhileDrawn(page)
  if (moved) faults.push(`moves while it is drawn: ${moved}`)
  const beyond = await sidewaysScroll(page)
  if (beyond > 0) faults.push(`is ${beyond} px wider than the screen`)
  for (const [manner, css] of Object.entries(readersStyles))
    faults.push(...(await lostWhen(page, css)).map((fault) => `${manner}: ${fault}`))
  faults.push(...(await axeFaults(page)).map((fault) => `axe: ${fault}`))
  // Nothing else depends on the scheme.
  await page.emulateMedia({ colorScheme: 'dark' })
  faults.push(...(await axeFaults(page, 'color-contrast')).map((fault) => `dark, axe: ${fault}`))
  await page.emulateMedia({ colorScheme: 'light' })
  return faults.map((fault) => `${width}: ${fault}`)
}

/** Less is none, for Lighthouse too. */
const leastShift = 0.001

/** By how much the page has moved since it was opened, and which of its elements; null when it stood still. */
const movedWhileDrawn = async (page: Page): Promise<string | null> => {
  const { shift = '0', moved = '' } = await page.evaluate(() => ({ ...document.documentElement.dataset }))
  return Number(shift) >= leastShift ? `${shift} (${moved})` : null
}

/** What some readers change in their browser: letters, words and lines further apart, a text twice as large. */
const readersStyles = {
  spaced:
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }' +
    'p { margin-bottom: 2em !important }',
  'twice as large': 'html { font-size: 200% !important }',
}

/** What sticks out of the screen, or is cut, under such a style. */
const lostWhen = (page: Page, css: string): Promise<string[]> =>
  page.evaluate((css) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets = [sheet]
    const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
    const cut = [...document.querySelectorAll<HTMLElement>('body *')].filter((one) => {
      // Words for those who hear the page are one pixel large.
      if (!(one instanceof HTMLElement) || one.clientWidth <= 1) return false
      const { overflowX, overflowY } = getComputedStyle(one)
      return (
        (cuts(overflowX) && one.scrollWidth > one.clientWidth + 1) ||
        (cuts(overflowY) && one.scrollHeight > one.clientHeight + 1)
      )
    })
    const { scrollWidth, clientWidth } = document.documentElement
    document.adoptedStyleSheets = []
    return [
      ...cut.map((one) => `cut, ${one.outerHTML.slice(0, 120)}`),
      ...(scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} px wider than the screen`] : []),
    ]
  }, css)

/** Keeps what moved without being asked to, as Chromium counts it. */
function watchShifts() {
  const watch = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number
      hadRecentInput: boolean
      sources: { node: Node | null }[]
    })[]) {
      if (entry.hadRecentInput) continue
      const { dataset } = document.documentElement
      dataset.shift = String(Number(dataset.shift ?? 0) + entry.value)
      const moved = entry.sources.map(({ node }) =>
        node instanceof Element ? `${node.nodeName}.${node.className}` : (node?.textContent ?? '?'),
      )
      dataset.moved = [dataset.moved ?? [], ...moved].flat().join(', ')
    }
  })
  watch.observe({ type: 'layout-shift', buffered: true })
}

interface Visit {
  status: number
  headers: Record<string, string>
  html: string
  url: string
  bytes: number
  faults: string[]
}

/** Opens a page and counts what came for it, fonts aside; another host is a fault. */
async function weigh(page: Page, path: string): Promise<Visit> {
  const wire = await page.context().newCDPSession(page)
  const fonts = new Set<string>()
  const asked: string[] = []
  let bytes = 0
  wire.on('Network.requestWillBeSent', ({ request, requestId, type }) => {
    if (type === 'Font') fonts.add(requestId)
    if (!request.url.startsWith('data:')) asked.push(request.url)
  })
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!fonts.has(requestId)) bytes += encodedDataLength
  })
  await wire.send('Network.enable')
  const answer = await page.goto(path, { waitUntil: 'load' })
  await wire.detach()
  if (!answer) throw new Error(`${path} did not answer`)
  const [headers, html] = await Promise.all([answer.allHeaders(), answer.text()])
  const url = answer.url()
  const elsewhere = asked.filter((one) => new URL(one).origin !== new URL(url).origin)
  return {
    ...{ status: answer.status(), headers, html, url, bytes },
    faults: elsewhere.map((one) => `asks another host: ${one}`),
  }
}

/** A page that is the same for everybody may be kept, and is not sent again to whoever has it. */
async function cacheFaults({ headers, html, url }: Visit, indexed: boolean): Promise<string[]> {
  // A form has a key of its own, so that sent twice it is one request.
  if (!indexed || html.includes('name="requestKey"')) return []
  const tag = headers.etag
  if (!headers['cache-control']?.includes('s-maxage=') || !tag) return ['may not be kept']
  const again = await fetch(url, { headers: { 'If-None-Match': tag } })
  return again.status === 304 ? [] : [`is sent again to whoever has it: ${again.status}`]
}
