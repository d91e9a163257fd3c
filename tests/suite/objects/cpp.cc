// clang++ --target=wasm32 -O1 -fwasm-exceptions -c cpp.cc -o cpp.o
template <class T> struct Stack {
  T items[4];
  static int made;
  __attribute__((noinline)) T pop(int at) { if (at < 0) throw at; return items[at]; }
};
template <class T> int Stack<T>::made = 7;
inline const char *greeting() { static const char text[] = "hello"; return text; }
struct Shape { virtual int area() const; virtual ~Shape() {} };
struct Square : Shape { int side = 3; int area() const override { return side * side; } };
int use(Stack<int> &stack, const Shape &shape, int at) {
  try { return stack.pop(at) + shape.area() + Stack<int>::made + greeting()[at]; } catch (int x) { return x; }
}
Shape *make() { static Square square; return &square; }
