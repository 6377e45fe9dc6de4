import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { tokens } from '../../resources/shared/design/tokens'

const root = join(import.meta.dirname, '../../admin')
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name))
const textOf = (path: string) => readFileSync(path, 'utf8')
const sheets = files.filter((path) => path.endsWith('.css'))
/** The page that AdminJS fills is written as HTML, beside the components. */
const components = files.filter((path) => path.endsWith('.tsx') || path.endsWith('adminjs/shell.ts'))

/** The classes that a sheet styles. */
const classesOf = (path: string) =>
  new Set(
    textOf(path)
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .split('\n')
      .filter((line) => !/^\s+[a-z-]+:\s/.test(line))
      .flatMap((line) => [...line.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name)),
  )

test('a class has a name that is read: more than three letters', () => {
  const short = sheets.flatMap((path) => [...classesOf(path)].filter((name) => name.length <= 3))
  expect(short).toEqual([])
})

test('a class written in a screen is one of the base sheet, and each of these is written somewhere', () => {
  const base = classesOf(join(root, 'ui/base.css'))
  const written = components.flatMap((path) => {
    const text = textOf(path)
    const plain = [...text.matchAll(/class(?:Name)?="([^"]*)"/g)].map(([, names = '']) => names)
    const chosen = [...text.matchAll(/(?:className=\{|classes\()([^{}]*?)[})]/g)].flatMap(([, code = '']) =>
      [...code.replaceAll(/[!=]== '[^']*'/g, '').matchAll(/'([^']*)'/g)].map(([, names = '']) => names),
    )
    return [...plain, ...chosen].flatMap((names) => names.split(' '))
  })
  expect([...new Set(written)].filter((name) => name && !base.has(name))).toEqual([])
  expect([...base].filter((name) => !written.includes(name))).toEqual([])
})

test('a brick uses the classes of the sheets it imports, each of them, and no other', () => {
  const faults = sheets
    .filter((path) => path.endsWith('.module.css'))
    .flatMap((path) => {
      const known = classesOf(path)
      const readers = components.flatMap((file) => {
        const text = textOf(file)
        const imported = [...text.matchAll(/import (\w+) from '(\.[^']*\.module\.css)'/g)]
        return imported
          .filter(([, , to = '']) => join(dirname(file), to) === path)
          .map(([, name = '']) => ({ name, text }))
      })
      const used = readers.flatMap(({ name, text }) =>
        [...text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(([, used = '']) => used),
      )
      const computed = readers.some(({ name, text }) => text.includes(`${name}[`))
      return [
        ...used.filter((name) => !known.has(name)).map((name) => `${path}: no .${name}`),
        ...[...known]
          .filter((name) => !computed && !used.includes(name))
          .map((name) => `${path}: .${name} unused`),
      ]
    })
  expect(faults).toEqual([])
})

test('a custom property that a sheet reads has a value somewhere', () => {
  const set = [...sheets, ...components].flatMap((path) =>
    [...textOf(path).matchAll(/(--[\w-]+)['"]?\s*:/g)].map(([, name = '']) => name),
  )
  const known = new Set([...Object.keys(tokens).map((name) => `--${name}`), ...set, ...setByTheLibrary])
  const unknown = sheets.flatMap((path) =>
    [...textOf(path).matchAll(/var\((--[\w-]+)/g)].flatMap(([, name = '']) =>
      known.has(name) ? [] : [name],
    ),
  )
  expect(unknown).toEqual([])
})

/** Of a popup of react-aria: the width of what opens it. */
const setByTheLibrary = ['--trigger-width']
