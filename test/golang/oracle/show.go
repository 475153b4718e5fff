package main

import (
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"reflect"
	"strings"
)

func nodeName(node ast.Expr) string {
	return strings.TrimPrefix(reflect.TypeOf(node).String(), "*ast.")
}

// showValue writes a constant so that no encoding can change it: strings as hexadecimal bytes.
func showValue(value constant.Value) string {
	if value == nil {
		return ""
	}
	switch value.Kind() {
	case constant.String:
		return "string " + hex.EncodeToString([]byte(constant.StringVal(value)))
	case constant.Float:
		if whole := constant.ToInt(value); whole.Kind() == constant.Int {
			return whole.ExactString()
		}
	}
	return value.ExactString()
}

const deepest = 8

// show writes a type without the names of packages and aliases; `$` stands for a type parameter, and for what is nested too deeply.
func show(t types.Type) string {
	return printer{deepest}.show(t)
}

// printer writes types down to some depth: interfaces can contain themselves by way of an alias.
type printer struct{ depth int }

func (p printer) show(t types.Type) string {
	if p.depth == 0 {
		return "$"
	}
	p.depth--
	switch t := types.Unalias(t).(type) {
	case nil:
		return ""
	case *types.Basic:
		return basic(t)
	case *types.Named:
		return t.Obj().Name() + p.typeArguments(t.TypeArgs())
	case *types.TypeParam:
		return "$"
	case *types.Pointer:
		return "*" + p.show(t.Elem())
	case *types.Slice:
		return "[]" + p.show(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), p.show(t.Elem()))
	case *types.Map:
		return "map[" + p.show(t.Key()) + "]" + p.show(t.Elem())
	case *types.Chan:
		return [...]string{types.SendRecv: "chan ", types.SendOnly: "chan<- ", types.RecvOnly: "<-chan "}[t.Dir()] + p.show(t.Elem())
	case *types.Struct:
		return p.structure(t)
	case *types.Tuple:
		return "(" + strings.Join(each(t.Len(), func(i int) string { return p.show(t.At(i).Type()) }), ", ") + ")"
	case *types.Signature:
		return "func" + p.signature(t)
	case *types.Interface:
		return p.interfaceText(t)
	}
	return t.String()
}

func basic(t *types.Basic) string {
	switch t.Kind() {
	case types.Uint8:
		return "uint8"
	case types.Int32:
		return "int32"
	}
	return t.Name()
}

func (p printer) typeArguments(list *types.TypeList) string {
	if list.Len() == 0 {
		return ""
	}
	return "[" + strings.Join(each(list.Len(), func(i int) string { return p.show(list.At(i)) }), ", ") + "]"
}

func (p printer) structure(t *types.Struct) string {
	fields := each(t.NumFields(), func(i int) string {
		field := t.Field(i)
		if field.Embedded() {
			return p.show(field.Type())
		}
		return field.Name() + " " + p.show(field.Type())
	})
	return "struct{" + strings.Join(fields, "; ") + "}"
}

func (p printer) signature(t *types.Signature) string {
	parameters := each(t.Params().Len(), func(i int) string {
		last := t.Params().At(i).Type()
		if slice, ok := last.(*types.Slice); ok && t.Variadic() && i == t.Params().Len()-1 {
			return "..." + p.show(slice.Elem())
		}
		return p.show(last)
	})
	text := "(" + strings.Join(parameters, ", ") + ")"
	switch t.Results().Len() {
	case 0:
		return text
	case 1:
		return text + " " + p.show(t.Results().At(0).Type())
	}
	return text + " " + p.show(t.Results())
}

func (p printer) interfaceText(t *types.Interface) string {
	if t.Empty() {
		return "any"
	}
	parts := each(t.NumMethods(), func(i int) string {
		method := t.Method(i)
		return method.Name() + p.signature(method.Type().(*types.Signature))
	})
	return "interface{ " + strings.Join(parts, "; ") + " }"
}

func each(count int, text func(int) string) []string {
	var list []string
	for i := range count {
		list = append(list, text(i))
	}
	return list
}
