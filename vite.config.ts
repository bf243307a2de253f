import { join } from 'node:path';
import { defineConfig } from 'vite';

const workspace = 'src/workspace';

/**
 * Bundles the page of the local workspace into the package, beside the compiled server. The root is the folder above
 * the page, so that `/page/main.js` is the same file here and where the workspace serves the page from its source.
 */
// biome-ignore lint/style/noDefaultExport: vite reads its configuration from the default export.
export default defineConfig({
  root: join(import.meta.dirname, workspace),
  logLevel: 'warn',
  build: {
    outDir: join(import.meta.dirname, 'dist', workspace),
    emptyOutDir: false,
    assetsDir: 'page/assets',
    // The page's policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: { input: join(import.meta.dirname, workspace, 'page/index.html') },
  },
});
