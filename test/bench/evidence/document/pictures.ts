interface Picture {
  readonly file: string;
  readonly alt: string;
  readonly caption: string;
}

/** Pictures are drawn by `scripts/render-evidence.ts` from the results of both programs. */
const drawn: Readonly<Record<'evidence' | 'ablation', readonly Picture[]>> = {
  evidence: [],
  ablation: [],
};

export function pictures(document: keyof typeof drawn): string[] {
  const shown = drawn[document];
  if (shown.length === 0) return [];
  return ['## Pictures', ...shown.map(({ file, alt, caption }) => `![${alt}](${file})\n\n${caption}`)];
}
