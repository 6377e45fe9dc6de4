/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'A file imports, through others, what imports it. Types count: they tie files together too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|generated|node_modules)/' },
    // Type-only imports, which the other cycle rules pass over.
    tsPreCompilationDeps: true,
  },
}
