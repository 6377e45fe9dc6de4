/** What runs in the agents' browsers: AdminJS, wearing our components. Bundled by bundle.ts. */
import './state'
import { createRoot } from 'react-dom/client'
import adminJs from 'adminjs-frontend'
import { eraseOldDrafts } from '../client/client'
import { components } from '../frame/registry'

eraseOldDrafts()
Object.assign(window, { AdminJS: adminJs })
Object.assign(adminJs.UserComponents, components)

const place = document.getElementById('app')
if (place) createRoot(place).render(adminJs.Application)
