// Imported first: AdminJS reads both as it loads.
const served = JSON.parse(document.getElementById('state')?.textContent ?? '{}') as {
  redux: unknown
  theme: unknown
}
Object.assign(window, {
  REDUX_STATE: served.redux,
  THEME: served.theme,
  THEME_COMPONENTS: {},
  regeneratorRuntime: {},
})

export {}
