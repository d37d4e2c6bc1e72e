import { pages } from '../site';

export const GET = () => new Response(`<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${pages.map(p => `<url><loc>https://example.org${p.path}</loc></url>`).join('')}</urlset>`);
