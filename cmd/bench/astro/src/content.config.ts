import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';

// CONTENT is the folder that the other sides read, too.
export const collections = {
	articles: defineCollection({ loader: glob({ pattern: '**/*.md', base: process.env.CONTENT! }) }),
};
