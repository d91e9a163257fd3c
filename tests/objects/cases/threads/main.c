extern _Thread_local int tv; _Thread_local int c_tls = 70;
int get(void), getw(void), getc(void), bump(void), fetch(void);
int run(void) { tv = 9; if (get() != 9) return -1; if (getw() != 8) return -2; if (getc() != 70) return -3; bump(); return fetch(); }
