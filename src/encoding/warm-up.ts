const DECLARATIONS = `(declare-sort Element 0)
(declare-sort Thread 0)
(declare-fun w () (Array (_ BitVec 64) Element))
(declare-fun f (Element) (_ BitVec 64))
(declare-fun x () (_ BitVec 64))
(declare-fun y () (_ BitVec 64))
(assert (or (= (select w x) (select w y)) (bvult (bvadd x #x0000000000000001) y)))
(assert (or (= x (f (select w y))) (bvule y (bvand x #x00000000000000ff))))
(declare-fun size () Int)
(assert (and (<= 0 size) (< size 18446744073709551616)))
(declare-fun i () Int)
(declare-fun j () Int)
(assert (and (<= 0 i) (< i size)))
(assert (and (<= 0 j) (< j size)))
(declare-fun d () (Array Int Element))
(declare-fun e () (Array Int Element))
(declare-fun held () (Array Int Bool))
(declare-fun owner () (Array Thread Int))
(declare-fun value () (Array Thread Element))
(declare-fun self () Thread)
(declare-fun other () Thread)
(declare-fun ok () Bool)
(declare-fun kind () Int)
(assert (and (<= 0 kind) (< kind 4294967296)))
(define-fun same () Bool (= self other))
(define-fun mine () Bool (and ok (= kind 1)))
(assert (not (select held i)))
(assert (select (store held j true) i))
(assert (or (not ok) (and (= (ite same (select d i) (select value other)) (select d j)) (or same (= (select owner other) 3)))))
(assert (or mine (and (not ok) (= kind 0)) (not (< kind 2))))
(assert (= (+ (select owner self) 1) (ite mine (+ i 1) (- size j))))
(assert (= (select e i) (ite (= i j) (select d i) (select e j))))`;

/**
 * Scripts that use what most queries use: machine integers in both spellings, arrays, functions, opaque elements, and a
 * search that goes through some cases. The first one has a model, the second has none. The first thread runs them while
 * the rest of this tool is loaded.
 */
export const WARM_UP: readonly string[] = [
  DECLARATIONS,
  `${DECLARATIONS}\n(assert (not (= (select e i) (select e j))))`,
];
