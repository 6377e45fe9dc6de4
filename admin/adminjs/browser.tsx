/**
 * What runs in the agents' browsers: the store that AdminJS fills (session, resources, pages, notices) and
 * its reducers, with our routes and screens over it. Bundled by bundle.ts.
 */
import { QueryClientProvider } from '@tanstack/react-query'
import createStore from 'adminjs-frontend/store'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { createRoot } from 'react-dom/client'
import { Provider } from 'react-redux'
import { BrowserRouter } from 'react-router-dom'
import { eraseOldDrafts } from '../client/draft'
import { queryClient } from '../client/query'
import { Application } from '../frame/application'
import { ErrorBoundary } from '../frame/failures'

eraseOldDrafts()

const state: unknown = JSON.parse(document.getElementById('state')?.textContent ?? '{}')
const place = document.getElementById('app')
if (place)
  createRoot(place).render(
    <Provider store={createStore(state)}>
      <QueryClientProvider client={queryClient}>
        <I18nProvider locale="fr-FR">
          <BrowserRouter>
            <ErrorBoundary>
              <Application />
            </ErrorBoundary>
          </BrowserRouter>
        </I18nProvider>
      </QueryClientProvider>
    </Provider>,
  )
