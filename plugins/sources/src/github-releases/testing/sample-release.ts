/** An asset as the API lists it. */
export const assetAnswer = (id: number, name: string, more: object = {}) => ({
  url: `https://api.github.com/repos/o/tool/releases/assets/${id}`,
  browser_download_url: `https://github.com/o/tool/releases/download/t/${name}`,
  id,
  name,
  label: '',
  state: 'uploaded',
  content_type: 'application/gzip',
  size: 10,
  download_count: 1,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  ...more,
});

/** A release as the API lists it. */
export const releaseAnswer = (tag: string, more: object = {}) => ({
  id: 1,
  tag_name: tag,
  name: tag,
  draft: false,
  prerelease: false,
  created_at: '2026-01-01T00:00:00Z',
  published_at: '2026-01-02T00:00:00Z',
  assets: [],
  ...more,
});
