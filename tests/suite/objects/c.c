// clang --target=wasm32 -O1 -matomics -mbulk-memory -c c.c -o c.o
extern int ext_data[4];
extern int ext(int);
__attribute__((weak)) int maybe(int);
int tab[3] = {1, 2, 3};
static int hidden_counter = 5;
const char *message = "say \"hello\"\n";
int (*pointer)(int) = ext;
__thread int local = 4;
int zeros[10];
char *inside = (char *)&tab[2];
__attribute__((import_module("host"), import_name("log"))) void host_log(int);
__attribute__((import_module("host"))) void tick(void);
__attribute__((export_name("exported"))) int ex(int x) { return x + hidden_counter; }
__attribute__((used)) static int kept(int x) { return local + x; }
__attribute__((constructor(200))) static void start(void) { hidden_counter = ext(2); }
__attribute__((weak)) int replaceable(void) { return ext_data[2]; }
__attribute__((noinline)) int f(int i) {
  host_log(i);
  tick();
  if (maybe) return maybe(i);
  return pointer(tab[i]) + zeros[i] + message[i];
}
extern int other_name(int) __attribute__((alias("f")));
int call_other(int x) { return other_name(x) + kept(x); }
