// The direction table of the architecture (CONTRIBUTING.md, "Rooms"): everything points to core, core points nowhere.

/** Rooms of src, and the rooms that each may import from. */
const rooms = {
  core: [],
  abi: [],
  model: [],
  config: ['core'],
  chain: ['core', 'abi', 'config'],
  store: ['core', 'model'],
  indexer: ['core', 'chain', 'store', 'config'],
  read: ['core', 'model', 'config'],
  graphql: ['core', 'read', 'config'],
  rest: ['core', 'read', 'config'],
  export: ['core', 'read', 'chain', 'config'],
  dashboard: [],
  reperform: ['core', 'chain', 'indexer', 'export', 'config'],
}

const folder = (room) => (room === 'config' ? '^src/config(\\.ts$|/)' : `^src/${room}/`)

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([room, targets]) => ({
      name: `${room}-imports`,
      comment: `${room} may import from ${[room, ...targets].join(', ')} only`,
      severity: 'error',
      from: { path: folder(room) },
      to: { path: '^src/', pathNot: [room, ...targets].map(folder) },
    })),
    {
      name: 'core-is-pure',
      comment: 'core uses no package and no Node built-in: what it computes depends on its arguments alone',
      severity: 'error',
      from: { path: '^src/core/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
      },
    },
    {
      name: 'config-types-only',
      comment:
        'rooms below the composition roots know the configuration as types and pure functions of its file',
      severity: 'error',
      from: { path: '^src/(chain|indexer|read|graphql|rest|export|reperform)/' },
      to: { path: '^src/config(\\.ts$|/(environment|problems|economy-schema|wallet-problems)\\.ts$)' },
    },
    {
      name: 'only-roots-compose',
      comment:
        'cli and main.ts are the composition roots: nobody imports them, and the local chain is theirs alone',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli/|main\\.ts$)' },
      to: { path: '^src/(cli/|main\\.ts$)' },
    },
    {
      name: 'devnet-is-optional',
      comment: 'the local chain and the embedded database are loaded by the composition roots only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|devnet)/' },
      to: { path: '^src/devnet/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      comment:
        'an import that cannot be resolved is an import of nothing; the page’s are resolved by its bundler',
      severity: 'error',
      from: { pathNot: '^src/dashboard/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependencies-at-run-time',
      comment: 'the page is bundled when the program is built: nothing of it is loaded from node_modules',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/dashboard/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The parser crashes on them: test/checks looks at their imports.
    exclude: { path: '^src/dashboard/.+\\.tsx$' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default'],
    },
  },
}
