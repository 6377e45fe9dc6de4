import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

export default defineConfig(
  { ignores: ['build/', 'generated/', '.data/', '.adminjs/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // The type system says more than this rule: `async` with no `await` keeps one signature.
      '@typescript-eslint/require-await': 'off',
      // `return next()`, `return answer(…)`: it ends here.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Code points are what telephones and PostgreSQL count.
      '@typescript-eslint/no-misused-spread': 'off',
      // Express and React take async handlers; their errors are caught by the handler itself.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/unified-signatures': 'off',
      // `throw data(…)` and `throw redirect(…)` are how Remix answers.
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // What is left of an object once a field is taken out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "Property[key.name='OR'] > CallExpression[callee.property.name='map']",
          message: 'Within an AND, Prisma drops an empty OR and finds everything: write anyOf(…).',
        },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['admin/**/*.tsx', 'portal/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    extends: [jsxA11y.flatConfigs.strict],
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
)
