// The look of the site: VitePress's own theme without its web fonts, in our colours, and a picture on the home page.

import theme from 'vitepress/theme-without-fonts';
import { h, type VNode } from 'vue';
import './site.css';
import { verdict } from './verdict.ts';

function picture(): VNode {
  const lines = verdict.map(({ text, tone }) => h('span', { class: ['line', tone] }, `${text}\n`));
  const label = 'What kmsim says of a denied request';
  return h('figure', { class: 'verdict', 'aria-label': label }, [
    h('figcaption', 'role/Billing asks to decrypt what belongs to umbrella'),
    h('pre', [h('code', lines)]),
  ]);
}

export default {
  extends: theme,
  Layout: (): VNode => h(theme.Layout, null, { 'home-hero-image': picture }),
};
