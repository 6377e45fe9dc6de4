/** The classes of a brick, by the names its sheet gives them: see adminjs/bundle.ts. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  export default classes
}
