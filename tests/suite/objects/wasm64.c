// clang --target=wasm64 -O1 -c wasm64.c -o wasm64.o
long table[3] = {1, 2, 3};
long *second = &table[1];
extern long ext(long);
long (*pointer)(long) = ext;
long f(long i) { return pointer(table[i]) + *second + table[2]; }
