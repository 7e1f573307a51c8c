#pragma OPENCL EXTENSION cl_khr_fp64 : enable  
#pragma OPENCL EXTENSION cl_khr_fp16 : enable  
#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable  
__kernel void fire(__global long *_kernel_context, __constant uchar *_constant_region, __local uchar *_local_region, __global int *_atomics, __global uchar *xf, __global uchar *xh, __global uchar *gain, __global uchar *offset, __global uchar *sf, __global uchar *sh, __global uchar *uf, __global uchar *uh, __global uchar *spec, __global uchar *g, __global uchar *run, __private int normed, __private int keep, __private int sixteen)
{
  bool b_17; 
  float f_23, f_39, f_42, f_25, f_38, f_21, f_44, f_43, f_29; 
  ulong ul_0, ul_28, ul_5, ul_37, ul_7, ul_1, ul_2, ul_3, ul_4, ul_9, ul_11, ul_22, ul_24, ul_18, ul_50, ul_20; 
  int i_30, i_32, i_31, i_26, i_27, i_6, i_8, i_40, i_33, i_14, i_46, i_13, i_45, i_16, i_15, i_10, i_41, i_12, i_19, i_51; 
  long l_36, l_48, l_49, l_34, l_35, l_47; 

  // BLOCK 0
  ul_0  =  (ulong) xf;
  ul_1  =  (ulong) sf;
  ul_2  =  (ulong) spec;
  ul_3  =  (ulong) g;
  ul_4  =  (ulong) run;
  ul_5  =  ul_3 + 52L;
  i_6  =  *((__global int *) ul_5);
  ul_7  =  ul_4 + 16L;
  i_8  =  *((__global int *) ul_7);
  ul_9  =  ul_3 + 44L;
  i_10  =  *((__global int *) ul_9);
  ul_11  =  ul_3 + 48L;
  i_12  =  *((__global int *) ul_11);
  i_13  =  get_global_id(0);
  i_14  =  i_8 * i_10;
  i_15  =  i_14 * i_12;
  i_16  =  i_15 * i_6;
  b_17  =  i_13 < i_16;
  if(b_17)
  {
    // BLOCK 1
    ul_18  =  ul_3 + 60L;
    i_19  =  *((__global int *) ul_18);
    ul_20  =  ul_2 + 16L;
    f_21  =  *((__global float *) ul_20);
    ul_22  =  ul_2 + 20L;
    f_23  =  *((__global float *) ul_22);
    ul_24  =  ul_2 + 24L;
    f_25  =  *((__global float *) ul_24);
    i_26  =  (i_19 == 0) ? 1 : 0;
    i_27  =  i_26 * i_16;
    ul_28  =  ul_4 + 20L;
    // BLOCK 2 MERGES [1 8 ]
    f_29  =  0.0F;
    i_30  =  0;
    for(;;)
    {
      i_31  =  *((__global int *) ul_28);
      if(!(i_30 < i_31))
      {
        break;
      }
      // BLOCK 3
      i_32  =  i_27 * i_30;
      i_33  =  i_32 + i_13;
      l_34  =  (long) i_33;
      l_35  =  l_34 + 4L;
      l_36  =  l_35 << 2;
      ul_37  =  ul_0 + l_36;
      f_38  =  *((__global float *) ul_37);
      f_39  =  fma(f_29, f_21, f_38);
      i_40  =  isless(f_23, f_39);
      if(i_40 == 1)
      {
        // BLOCK 4
        i_41  =  isequal(f_25, 1.0F);
        if(i_41 == 1)
        {
          // BLOCK 5
          f_42  =  0.0F;
          f_43  =  1.0F;
        }  // B4
        else
        {
          // BLOCK 6
          f_44  =  f_39 - f_23;
          f_42  =  f_44;
          f_43  =  1.0F;
        }  // B4
      }  // B3
      else
      {
        // BLOCK 7
        f_42  =  f_39;
        f_43  =  0.0F;
      }  // B3
      // BLOCK 8 MERGES [7 6 5 ]
      i_45  =  i_16 * i_30;
      i_46  =  i_45 + i_13;
      l_47  =  (long) i_46;
      l_48  =  l_47 + 4L;
      l_49  =  l_48 << 2;
      ul_50  =  ul_1 + l_49;
      *((__global float *) ul_50)  =  f_43;
      i_51  =  i_30 + 1;
      f_29  =  f_42;
      i_30  =  i_51;
    }  // B2
    // BLOCK 9
  }  // B0
  else
  {
    // BLOCK 10
  }  // B0
  // BLOCK 11 MERGES [10 9 ]
  return;
}  //  kernel
