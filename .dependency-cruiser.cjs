module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'vcgen-knows-no-go',
      severity: 'error',
      from: { path: '^src/vcgen' },
      to: { path: '^src/(go|layer|explore|report|cli)' },
    },
    {
      name: 'encoding-knows-no-program',
      severity: 'error',
      from: { path: '^src/encoding' },
      to: { path: '^src/(go|layer|ir|vcgen|explore|report|cli)' },
    },
    {
      name: 'ir-is-below',
      severity: 'error',
      from: { path: '^src/ir' },
      to: { path: '^src/(go|layer|lower|vcgen|encoding|explore|report|cli)' },
    },
    {
      name: 'report-computes-nothing',
      severity: 'error',
      from: { path: '^src/report' },
      to: { path: '^src/(go|layer|vcgen|encoding|explore|cli)' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: false,
    doNotFollow: { path: 'node_modules' },
  },
};
