// What the pages show, once for a build.
import { getCollection } from 'astro:content';
import { createHash } from 'node:crypto';

export const title = '示范宣传站';
export const sections: Record<string, string> = { 'model-sites': '样板工地', examples: '案例', education: '教育' };
export const menu: [string, string][] = [['/', '首页'], ['/model-sites/', '样板工地'], ['/examples/', '案例'], ['/education/', '教育'], ['/tags/', '标签']];

const size = 20;

export type Card = { path: string; title: string; date: string; description: string };

const all = (await getCollection('articles')).sort((a, b) => +new Date(b.data.date) - +new Date(a.data.date));
const card = (e: any): Card => ({ path: `/${e.id}/`, title: e.data.title, date: new Date(e.data.date).toISOString().slice(0, 10), description: e.data.description });
const section = (e: any) => e.id.split('/')[0];
const by = (name: string) => all.filter(e => section(e) === name);

export const terms = [...all.reduce((m, e) => {
	for (const t of e.data.tags) m.set(t, [...(m.get(t) ?? []), e]);
	return m;
}, new Map<string, any[]>())].sort((a, b) => b[1].length - a[1].length);

export const termPath = (t: string) => `/tags/${t}/`;
export const cards = all.map(card);
export const cardsOf = (name: string) => by(name).map(card);

// key digests all that a page shows: Astro keeps a page whose key is the last one's.
const key = (...shown: unknown[]) => createHash('sha256').update(JSON.stringify(shown)).digest('hex');

function paginated(path: string, props: { kind: string; title: string; crumbs: [string, string][] }, list: Card[]) {
	const total = Math.max(1, Math.ceil(list.length / size));
	const address = (n: number) => n === 1 ? path : `${path}page/${n}/`;
	return Array.from({ length: total }, (_, i) => {
		const p = {
			...props, path: address(i + 1), list: list.slice(i * size, (i + 1) * size), number: i + 1, total,
			prev: i > 0 ? address(i) : '', next: i + 1 < total ? address(i + 2) : '',
		};
		return { path: p.path, props: p, cacheKey: key(p) };
	});
}

const home: [string, string] = ['/', '首页'];

function articles() {
	return Object.keys(sections).flatMap(name => {
		const list = by(name);
		const recent = list.slice(0, 5).map(card);
		return list.map((entry, i) => {
			const p = {
				kind: 'article', path: `/${entry.id}/`, title: entry.data.title, description: entry.data.description,
				date: card(entry).date, author: entry.data.author, tags: entry.data.tags as string[], recent,
				crumbs: [home, [`/${name}/`, sections[name]]] as [string, string][],
				older: list[i + 1] && card(list[i + 1]), newer: list[i - 1] && card(list[i - 1]),
			};
			return { path: p.path, props: { ...p, entry }, cacheKey: key(p, entry.digest) };
		});
	});
}

// pages are those of the whole site.
export const pages = [
	...paginated('/', { kind: 'list', title, crumbs: [] }, cards),
	...Object.keys(sections).flatMap(n => paginated(`/${n}/`, { kind: 'list', title: sections[n], crumbs: [home] }, cardsOf(n))),
	(() => {
		const p = { kind: 'tags', path: '/tags/', title: '标签', crumbs: [home], tags: terms.map(([t, l]) => [t, l.length] as [string, number]) };
		return { path: p.path, props: p, cacheKey: key(p) };
	})(),
	...terms.flatMap(([t, l]) => paginated(termPath(t), { kind: 'list', title: t, crumbs: [home, ['/tags/', '标签']] }, l.map(card))),
	...articles(),
];

export function feed(name: string, path: string, list: Card[]) {
	const text = (s: string) => s.replace(/[&<>]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);
	const items = list.slice(0, 20).map(c => `<item><title>${text(c.title)}</title><link>https://example.org${c.path}</link><pubDate>${new Date(c.date).toUTCString()}</pubDate><guid>https://example.org${c.path}</guid><description>${text(c.description)}</description></item>`);
	return new Response(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>${text(name)}</title><link>https://example.org${path}</link>${items.join('')}</channel></rss>`);
}
