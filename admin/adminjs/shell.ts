import { env } from '../../resources/shared/env.server'
import { tokens } from '../../resources/shared/design/tokens'
import { initializeStore, type AdminJS } from './adminjs'
import type { AdminAssets } from './bundle'
import { theme } from './theme'

/** Scripts are ours and carry the nonce of the answer; AdminJS writes its styles as it draws. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** The mark of the menu. In the page: no request, no other host. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 -6 36 36"><rect x="-6" y="-6" width="36" height="36" rx="8" fill="${tokens.brand}"/><path d="M12 21a9 9 0 1 1 9-9M12 7v5l3 2M16 19l2 2 4-4" fill="none" stroke="#fff" stroke-width="2"/></svg>`,
)}`

/**
 * The page every address of the back office answers with; the browser draws the rest. AdminJS's own
 * template calls another host and writes its state where a name could close the script.
 */
export async function shell(
  admin: AdminJS,
  currentAdmin: { email: string },
  { assets, nonce }: { assets: AdminAssets; nonce: string },
): Promise<string> {
  const store = await initializeStore(admin, { ...currentAdmin, supportEmail: env.SUPPORT_EMAIL })
  const state = JSON.stringify({ redux: store.getState(), theme }).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="fr" data-door="back-office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Mon Suivi Justice</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="/admin/assets/${assets.style}">
<script type="application/json" id="state" nonce="${nonce}">${state}</script>
<script defer src="/admin/assets/${assets.script}" nonce="${nonce}"></script>
</head>
<body>
<div id="app"></div>
<noscript><p>L’espace des agents a besoin de JavaScript. Activez-le dans votre navigateur, puis rechargez la page.</p></noscript>
</body>
</html>
`
}
