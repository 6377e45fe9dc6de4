import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Chromium as the machine has it (`apt-get install chromium`), else Playwright's own (`npx playwright-core install chromium`). */
export async function openBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = installed.find((path) => existsSync(path)) ?? chromium.executablePath()
  if (!existsSync(executablePath)) {
    throw new Error('No browser: run `apt-get install chromium` or `npx playwright-core install chromium`')
  }
  return chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      // Nothing of its own on the network: it would wait for hosts that tests cannot reach.
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      ...args,
    ],
  })
}
