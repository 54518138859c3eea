// Style sheets are bundled: to the compiler they are files without names.

declare module '*.css';
