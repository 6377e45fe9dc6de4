import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterEach, expect } from 'vitest'
import { demoPassword } from '../../prisma/seed/demo'
import type { CivilDate } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { axeFaults, sidewaysScroll } from '../audit/page'
import { sessionCookie } from '../support/agent-session'
import { openBrowser } from '../support/browser'
import { startHost } from '../support/server'

const wide = { width: 1366, height: 900 }
export const phoneSized = { width: 390, height: 844 }

/** The demonstration as `npm start` serves it, worker included, and a browser in front of it. */
export async function openDesk() {
  const host = await startHost({ worker: true })
  const browser = await openBrowser()
  return {
    url: host.url,
    browser,
    visitor: (options: VisitorOptions = {}) => visitor(browser, host.url, options),
    /** Somebody of the demonstration, signed in, who has accepted the charter. */
    async agent(email: string, options: VisitorOptions = {}) {
      const { id } = await prisma.agent.update({
        where: { email },
        data: { securityCharterAcceptedAt: new Date(), securityCharterVersion: await charterInForce() },
      })
      const page = await visitor(browser, host.url, options)
      await takeSession(page.context(), host.url, id)
      return page
    },
    async close() {
      await browser.close()
      await host.stop()
    },
  }
}
/** What was on the screens when a test failed: in the folder of temporary files. */
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  const pages = opened.filter((page) => !page.isClosed())
  for (const [index, page] of pages.entries()) {
    const path = join(tmpdir(), 'msj-journeys', `${task.name.slice(0, 60).replace(/\W+/g, '-')}-${index}.png`)
    await page.screenshot({ path, fullPage: true }).catch(() => undefined)
  }
})
const opened: Page[] = []
export type Desk = Awaited<ReturnType<typeof openDesk>>

async function charterInForce(): Promise<string> {
  const { charterVersion } = await import('../../resources/agent/charter')
  return charterVersion
}

export async function takeSession(context: BrowserContext, url: string, agentId: number): Promise<void> {
  const [name = '', value = ''] = (await sessionCookie(agentId)).split('=')
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }])
}

interface VisitorOptions {
  viewport?: { width: number; height: number }
  javaScriptEnabled?: boolean
  colorScheme?: 'light' | 'dark'
}

async function visitor(
  browser: Browser,
  url: string,
  { viewport = wide, ...options }: VisitorOptions,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, locale: 'fr-FR', viewport, ...options })
  context.setDefaultTimeout(15_000)
  if (options.javaScriptEnabled !== false) await context.addInitScript(countClicks)
  const page = await context.newPage()
  opened.push(page)
  return page
}

/**
 * Clicks of the pointer, as the page hears them: what the keyboard presses has no detail. Heard at the
 * document: a click aimed at what moved meanwhile is held back at the window by the driver, then aimed again.
 */
function countClicks() {
  document.addEventListener(
    'click',
    (event) => {
      if (event.detail > 0)
        sessionStorage.setItem('clicks', String(Number(sessionStorage.getItem('clicks')) + 1))
    },
    true,
  )
}

export const clicksOf = (page: Page) => page.evaluate(() => Number(sessionStorage.getItem('clicks')))

export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/agents/connexion')
  await page.getByLabel('E-mail professionnel').fill(email)
  await page.getByLabel('Mot de passe', { exact: true }).fill(demoPassword)
  await page.keyboard.press('Enter')
}

/** What axe finds wrong with the page as it is: nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  // Grey lines of a page still waiting say nothing yet.
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  expect(await axeFaults(page), page.url()).toEqual([])
}

/** Nothing sticks out sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await sidewaysScroll(page), page.url()).toBeLessThanOrEqual(0)
}

export interface Answer {
  path: string
  /** From the request to the first byte of its answer. */
  ms: number
}

/** The answers of the back office, as this page waits for them. */
export function answersTo(page: Page): Answer[] {
  const answers: Answer[] = []
  page.on('requestfinished', (request) => {
    const { pathname } = new URL(request.url())
    if (!pathname.startsWith('/admin/api/')) return
    const { requestStart, responseStart } = request.timing()
    answers.push({ path: pathname.replace('/admin/api/', ''), ms: Math.round(responseStart - requestStart) })
  })
  return answers
}

/** As agents type it: 7/12/2026. */
export const typedDate = (date: CivilDate) => {
  const [year, month, day] = date.split('-').map(Number)
  return `${day}/${month}/${year}`
}
