export function manifestOf(browser: 'chromium' | 'firefox'): object {
  return { manifest_version: 3, name: 'Latchkey', version: '0.1.0', browser }
}
